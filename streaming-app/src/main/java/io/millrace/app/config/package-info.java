/**
 * One YAML file and overrides become records that have checked themselves.
 *
 * <p>{@link io.millrace.app.config.Keys} declares each key once; {@code
 * docs/reference/configuration.md} is compared with it by a test. Knows nothing of Spark, queues or
 * ledgers but their plain settings.
 */
@NullMarked
package io.millrace.app.config;

import org.jspecify.annotations.NullMarked;
