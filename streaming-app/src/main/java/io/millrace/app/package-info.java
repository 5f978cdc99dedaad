/** Configuration, the composition root and main: the only place where every part is known. */
@NullMarked
package io.millrace.app;

import org.jspecify.annotations.NullMarked;
