/**
 * Data files of a table that are written and not yet visible: how a task opens one, and how it is
 * published or taken back.
 *
 * <p>Stands between {@code ledger}, whose values describe such a file, and {@code convert} and
 * {@code sink}, which write and publish them. Knows nothing of records, engines or commits.
 */
@NullMarked
package io.millrace.output;

import org.jspecify.annotations.NullMarked;
