package io.millrace.demo.generate;

/**
 * What has been sent so far.
 *
 * @param objects keys that are in the bucket
 * @param versions versions of objects that were announced, each of them one arrival
 * @param bytes of these versions together
 * @param messages sent to the queue, by S3 or by hand
 * @param complete whether nothing more follows
 */
public record Shipment(int objects, int versions, long bytes, int messages, boolean complete) {}
