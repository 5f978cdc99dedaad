/** Makes the objects of the demo and sends them, deterministic from a seed. */
@NullMarked
package io.millrace.demo.generate;

import org.jspecify.annotations.NullMarked;
