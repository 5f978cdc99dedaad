package io.millrace.parquet;

/**
 * A complete file.
 *
 * @param rows in all
 * @param bytes its size
 * @param rowGroups how many it has
 * @param deltaStats the statistics of its rows as Delta writes them into its log, a JSON object
 */
public record WrittenFile(long rows, long bytes, int rowGroups, String deltaStats) {}
