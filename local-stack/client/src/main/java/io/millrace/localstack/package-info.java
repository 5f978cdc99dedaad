package io.millrace.localstack;
