/**
 * What a record looks like: types, fields, and the two notations in which people write them.
 *
 * <p>Values only; knows neither JSON records nor Parquet. Everything is immutable.
 */
@NullMarked
package io.millrace.schema;

import org.jspecify.annotations.NullMarked;
