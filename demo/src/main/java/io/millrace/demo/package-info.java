package io.millrace.demo;
