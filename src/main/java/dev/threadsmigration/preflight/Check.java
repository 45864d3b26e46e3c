package dev.threadsmigration.preflight;

/**
 * One thing that was looked at.
 *
 * @param about a few words, such as {@code legacy threads: key}
 * @param message what was found, and how to mend it where it must be mended
 */
public record Check(Result result, String about, String message) {

    public enum Result {
        OK,
        /** Worth knowing; the migration can run. */
        NOTE,
        /** The migration cannot run. */
        FAILED
    }

    static Check ok(String about, String message) {
        return new Check(Result.OK, about, message);
    }

    static Check note(String about, String message) {
        return new Check(Result.NOTE, about, message);
    }

    static Check failed(String about, String message) {
        return new Check(Result.FAILED, about, message);
    }
}
