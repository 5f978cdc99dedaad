/**
 * Faults at every call that leaves the process: found in the compiled classes, woven into them for
 * a test, and gone afterwards.
 */
package io.millrace.faults;
