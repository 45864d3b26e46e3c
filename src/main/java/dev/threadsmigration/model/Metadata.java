package dev.threadsmigration.model;

/**
 * The metadata of a thread as it is written.
 *
 * @param json the text of one JSON object, our markers included
 * @param oldId the marker that says which legacy record it was
 * @param customHash a hash of what the custom fields mean (key order and the spelling of numbers do not matter)
 */
public record Metadata(String json, String oldId, long customHash) {}
