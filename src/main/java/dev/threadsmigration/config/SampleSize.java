package dev.threadsmigration.config;

/**
 * How many records of each entity are compared.
 *
 * @param records {@link Long#MAX_VALUE}: every record
 */
public record SampleSize(long records) {

    public static final SampleSize ALL = new SampleSize(Long.MAX_VALUE);

    /** {@code all} or a number above 0. */
    public static SampleSize valueOf(String text) {
        if (text.equals("all")) {
            return ALL;
        }
        try {
            long records = Long.parseLong(text);
            if (records > 0) {
                return new SampleSize(records);
            }
        } catch (NumberFormatException e) {
            // said below, with what is allowed
        }
        throw new InvalidSettingException("validation.sample", "must be all or a number above 0, not " + text);
    }

    public boolean isAll() {
        return records == Long.MAX_VALUE;
    }

    /** A number as YAML has it, without quotes. */
    public static SampleSize valueOf(Integer number) {
        return valueOf(number.toString());
    }

    @Override
    public String toString() {
        return isAll() ? "all" : String.valueOf(records);
    }
}
