package dev.meshcheck.suites.check;

import java.util.regex.Pattern;

/** What names of models tell of what they do. */
public final class ModelNames {

  /** Models that generate no text, by what their names say. */
  private static final Pattern NO_CHAT =
      Pattern.compile(
          "(?i)(?:embed|rerank|whisper|tts|dall-e|image|moderation|transcribe|bge-|e5-|sora"
              + "|realtime|speech|gte-|jina-|colbert|clip-|flux|diffusion|sdxl|kokoro|parakeet)");

  private ModelNames() {}

  /** Whether the name of a model says that it generates no text, or stands for many. */
  public static boolean sayNoChat(String model) {
    return NO_CHAT.matcher(model).find() || model.contains("*");
  }
}
