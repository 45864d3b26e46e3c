package dev.threadsmigration.config;

/** A setting whose value is not allowed. The message says which, and what is allowed. */
class InvalidSettingException extends IllegalArgumentException {

    private final String key;

    /** @param key relative to {@code migration.} */
    InvalidSettingException(String key, String problem) {
        super("migration." + key + " " + problem);
        this.key = "migration." + key;
    }

    String key() {
        return key;
    }
}
