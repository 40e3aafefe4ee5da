/** Benchmarks of single parts; {@code bench/parts} runs them. */
package dev.meshcheck.bench;
