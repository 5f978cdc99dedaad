package io.millrace.ndjson;
