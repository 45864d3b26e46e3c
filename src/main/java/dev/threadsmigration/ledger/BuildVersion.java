package dev.threadsmigration.ledger;

/** The version of this build, as the audit log has it. */
public final class BuildVersion {

    private BuildVersion() {}

    /** The version; {@code development} where the classes do not come from a jar. */
    public static String current() {
        String version = BuildVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
