package dev.threadsmigration.legacy;

import java.util.List;

/** What is known of earlier runs: the rows of settled keys need not be read once more. */
@FunctionalInterface
public interface SettledKeys {

    /** Those of these keys whose rows must be read; a key stands for its first row. */
    List<String> without(List<String> keys);
}
