package dev.meshcheck.suites.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelNamesTest {

  @ParameterizedTest
  @CsvSource({
    "text-embedding-3-small, true",
    "BAAI/bge-m3, true",
    "thenlper/gte-large, true",
    "black-forest-labs/FLUX.1-dev, true",
    "whisper-1, true",
    "gpt-4.1-mini, false",
    "meta-llama/Llama-3.3-70B-Instruct, false",
    "Qwen/Qwen3-8B, false",
  })
  void namesThatSayNoChat(String name, boolean said) {
    assertEquals(said, ModelNames.sayNoChat(name));
  }
}
