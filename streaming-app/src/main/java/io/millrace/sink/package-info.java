/** The Delta table, the quarantine table, and the protocol that commits each batch once. */
@NullMarked
package io.millrace.sink;

import org.jspecify.annotations.NullMarked;
