/**
 * {@code ./millrace demo}: runs the application on local servers while objects arrive, and has what
 * came of it checked.
 *
 * <p>Server, application and checker are processes of their own, which end with this one.
 */
@NullMarked
package io.millrace.demo;

import org.jspecify.annotations.NullMarked;
