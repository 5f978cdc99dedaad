package io.millrace.conversion;

import java.io.Closeable;

/** Where one task's malformed records go. */
interface MalformedTask extends MalformedRecords, Closeable {}
