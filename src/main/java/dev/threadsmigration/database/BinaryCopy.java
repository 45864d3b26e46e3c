package dev.threadsmigration.database;

import dev.threadsmigration.model.Metadata;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Rows in PostgreSQL's binary COPY format ("Binary Format" on the manual's page of COPY): a signature, then for each row
 * the count of its fields and for each field its length and bytes, then a trailer.
 */
final class BinaryCopy {

    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };
    /** PostgreSQL counts time from 2000-01-01. */
    private static final long EPOCH_SECONDS = 946_684_800L;

    private static final int MOST_BYTES = Integer.MAX_VALUE - 64;

    private byte[] bytes;
    private int length;

    private BinaryCopy(int capacity) {
        bytes = new byte[capacity];
    }

    static BinaryCopy of(List<BulkColumn> columns, BulkRows rows) {
        BinaryCopy copy = new BinaryCopy(64 + rows.size() * columns.size() * 40);
        copy.putBytes(HEADER, HEADER.length);
        Encoder[] encoders = columns.stream().map(BinaryCopy::encoder).toArray(Encoder[]::new);
        for (int row = 0; row < rows.size(); row++) {
            copy.putShort(encoders.length);
            for (int column = 0; column < encoders.length; column++) {
                Object value = rows.value(row, column);
                if (value == null) {
                    copy.putInt(-1);
                } else {
                    encoders[column].put(copy, value);
                }
            }
        }
        copy.putShort(-1);
        return copy;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private interface Encoder {
        void put(BinaryCopy copy, Object value);
    }

    private static Encoder encoder(BulkColumn column) {
        return switch (column.typeName()) {
            case "uuid" -> (copy, value) -> copy.putUuid((UUID) value);
            case "jsonb" -> (copy, value) -> copy.putText(text(value), true);
            case "timestamp", "timestamptz" -> (copy, value) -> copy.putInstant((Instant) value);
            case "bool" ->
                (copy, value) -> {
                    copy.putInt(1);
                    copy.putByte((Boolean) value ? 1 : 0);
                };
            case "int2", "smallserial" ->
                (copy, value) -> {
                    copy.putInt(2);
                    copy.putShort(((Number) value).intValue());
                };
            case "int4", "serial" ->
                (copy, value) -> {
                    copy.putInt(4);
                    copy.putInt(((Number) value).intValue());
                };
            case "int8", "bigserial" ->
                (copy, value) -> {
                    copy.putInt(8);
                    copy.putLong(((Number) value).longValue());
                };
            case "text", "varchar", "bpchar", "json", "citext" -> (copy, value) -> copy.putText(text(value), false);
            default ->
                throw new IllegalArgumentException(
                        "column " + column.name() + " has type " + column.typeName() + ", which cannot be loaded");
        };
    }

    private static String text(Object value) {
        return value instanceof Metadata metadata ? metadata.json() : value.toString();
    }

    private void putUuid(UUID uuid) {
        putInt(16);
        putLong(uuid.getMostSignificantBits());
        putLong(uuid.getLeastSignificantBits());
    }

    private void putInstant(Instant instant) {
        putInt(8);
        putLong(Math.addExact(
                Math.multiplyExact(instant.getEpochSecond() - EPOCH_SECONDS, 1_000_000L), instant.getNano() / 1000));
    }

    private void putText(String text, boolean jsonb) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putInt(utf8.length + (jsonb ? 1 : 0));
        if (jsonb) {
            putByte(1);
        }
        putBytes(utf8, utf8.length);
    }

    private void putBytes(byte[] source, int count) {
        reserve(count);
        System.arraycopy(source, 0, bytes, length, count);
        length += count;
    }

    private void putByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    private void putShort(int value) {
        reserve(2);
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
    }

    private void putInt(int value) {
        reserve(4);
        bytes[length++] = (byte) (value >> 24);
        bytes[length++] = (byte) (value >> 16);
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
    }

    private void putLong(long value) {
        putInt((int) (value >> 32));
        putInt((int) value);
    }

    private void reserve(int count) {
        if (bytes.length - length < count) {
            long wanted = Math.max(bytes.length * 2L, (long) length + count);
            if ((long) length + count > MOST_BYTES) {
                throw new IllegalStateException("a chunk is larger than 2 GB: lower migration.chunk-size");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, wanted));
        }
    }
}
