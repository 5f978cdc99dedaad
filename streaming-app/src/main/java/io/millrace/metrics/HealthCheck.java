package io.millrace.metrics;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that must be in order for the stream to get on.
 *
 * @param name short, lower-case
 * @param trouble says what is out of order, in a sentence without user data; empty where nothing is
 */
public record HealthCheck(String name, Supplier<Optional<String>> trouble) {}
