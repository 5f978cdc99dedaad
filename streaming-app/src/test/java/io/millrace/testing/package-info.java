/** What tests of several packages share. */
@NullMarked
package io.millrace.testing;

import org.jspecify.annotations.NullMarked;
