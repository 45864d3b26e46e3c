package dev.threadsmigration.config;

/**
 * How many key ranges are moved side by side.
 *
 * @param count at least 1
 */
public record Partitions(int count) {

    private static final int MOST = 64;

    /** {@code auto} (one a processor) or a number from 1 to 64. */
    public static Partitions valueOf(String text) {
        if (text.equals("auto")) {
            return forProcessors(Runtime.getRuntime().availableProcessors());
        }
        try {
            int count = Integer.parseInt(text);
            if (count >= 1 && count <= MOST) {
                return new Partitions(count);
            }
        } catch (NumberFormatException e) {
            // said below, with what is allowed
        }
        throw new InvalidSettingException("partitions", "must be auto or a number from 1 to " + MOST + ", not " + text);
    }

    static Partitions forProcessors(int processors) {
        return new Partitions(Math.min(MOST, processors));
    }

    /** A number as YAML has it, without quotes. */
    public static Partitions valueOf(Integer number) {
        return valueOf(number.toString());
    }

    @Override
    public String toString() {
        return String.valueOf(count);
    }
}
