package io.millrace.demo;

import io.millrace.localstack.LocalStack;

/** A demo that has been checked, and what is still up. */
record Finished(
    DemoResult result,
    LocalStack stack,
    Stage stage,
    Running application,
    Ingest ingest,
    int uiPort) {}
