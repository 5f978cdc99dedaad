package io.millrace.localstack.server;
