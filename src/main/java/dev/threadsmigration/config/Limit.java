package dev.threadsmigration.config;

/**
 * An upper limit that may be absent.
 *
 * @param value {@link Long#MAX_VALUE}: no limit
 */
public record Limit(long value) {

    /** {@code none} or a number above 0. */
    public static Limit valueOf(String text) {
        if (text.equals("none")) {
            return new Limit(Long.MAX_VALUE);
        }
        try {
            long value = Long.parseLong(text);
            if (value > 0) {
                return new Limit(value);
            }
        } catch (NumberFormatException e) {
            // said below, with what is allowed
        }
        throw new InvalidSettingException("validation.max-p95-ms", "must be none or a number above 0, not " + text);
    }

    public boolean isNone() {
        return value == Long.MAX_VALUE;
    }

    /** A number as YAML has it, without quotes. */
    public static Limit valueOf(Integer number) {
        return valueOf(number.toString());
    }

    @Override
    public String toString() {
        return isNone() ? "none" : String.valueOf(value);
    }
}
