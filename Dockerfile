# syntax=docker/dockerfile:1

# Build: a JDK of the version that the code is compiled for. The jar is the same on every platform, so it is built on
# the builder's own, whatever platform the image is for.
FROM --platform=$BUILDPLATFORM eclipse-temurin:17-jdk AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src src
COPY jobs/demo.yml jobs/demo.yml
# Formatting and tests are CI's matter: an image is built from a commit that has passed them.
ENV MAVEN_USER_HOME=/m2
RUN --mount=type=cache,target=/m2 \
    ./mvnw --batch-mode --no-transfer-progress -Dmaven.repo.local=/m2/repository -DskipTests -Dspotless.check.skip=true package
# Libraries apart from our own jar: a new version of ours is a small download, and a JVM reads classes from plain jars faster
# than from jars within a jar.
RUN java -Djarmode=tools -jar target/threads-migration.jar extract --destination /app

# Run: a JRE, since nothing compiles here: half the size, and fewer parts to patch. Java 17 is the floor that the tests run
# on. Ubuntu (glibc), not Alpine: database drivers bring native libraries that are built and tested for glibc.
FROM eclipse-temurin:17-jre
# A number, since Kubernetes can tell a numeric user only from root (runAsNonRoot), and a name besides, since Java's
# user.name, which the audit log records, is `?` for a user without one.
RUN groupadd --system --gid 10001 migration \
    && useradd --system --uid 10001 --gid migration --no-create-home --home-dir /migration --shell /usr/sbin/nologin migration \
    && install --directory --owner=migration --group=migration /migration /migration/jobs /migration/reports
COPY --from=build /app/lib/ /app/lib/
COPY --from=build /app/threads-migration.jar /app/
# A run of the demo, which shows that the image works, names the classes that are kept parsed for every later start. It
# must be this very JVM that parses them, and the jars must keep their paths and dates. They are parsed by a JVM that runs
# nothing: from an archive that the demo's own JVM writes (ArchiveClassesAtExit), Java 17 was seen to interpret some of the
# busiest methods to the end, at twice the CPU time.
RUN mkdir /tmp/demo && cd /tmp/demo \
    && java -XX:DumpLoadedClassList=classes -jar /app/threads-migration.jar migrate \
    && java -Xshare:dump -Xlog:cds=error -Xlog:cds+heap=error -XX:SharedClassListFile=classes \
        -XX:SharedArchiveFile=/app/threads-migration.jsa -jar /app/threads-migration.jar \
    && rm -r /tmp/demo
# Code lies under /app and belongs to root; everything written goes to /migration/reports and /tmp. With those two
# mounted, the root file system can be read-only.
WORKDIR /migration
USER 10001:10001
# Exec form: Java is process 1 and gets SIGTERM itself; a shell in between would swallow it.
#   SharedArchiveFile: the classes that were kept parsed. Where they do not fit (another JVM, a changed jar) they are
#     read from the jars. Java 17 cannot record itself (Flight Recorder) with them: add -Xshare:off for that.
#   UseSerialGC: on the few cores of a container its pauses cost less than the threads of the other collectors, and it
#     needs the least memory. Where a container has many, take UseParallelGC instead.
#   NewRatio, SurvivorRatio: what is in the heap is the chunks in hand, gone as soon as they are committed: half of it is
#     for them, with room to keep them out of the other half.
#   CompileThresholdScaling, FreqInlineSize: a method is compiled after twice as much use, and only small ones are compiled
#     into their callers. On few cores the compilers otherwise take a third of the process's time in a run of half a
#     minute, most of it for what hardly gains by it.
#   MaxRAMPercentage: the heap follows the container's memory limit; the rest is for metaspace, code, threads, buffers.
#   CrashOnOutOfMemoryError without a core dump: out of memory ends the process with status 1, "failed, run again to
#     resume". ExitOnOutOfMemoryError would end it with 3, which means "validation found differences" here.
#   ErrorFile: that crash's details lie beside the reports.
# Further JVM options go into JDK_JAVA_OPTIONS; for a larger heap, raise the container's memory limit.
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/app/threads-migration.jsa", "-XX:+UseSerialGC", "-XX:NewRatio=1", "-XX:SurvivorRatio=4", "-XX:CompileThresholdScaling=2", "-XX:FreqInlineSize=80", "-XX:MaxRAMPercentage=60", "-XX:+CrashOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=reports/hs_err_%p.log", "-jar", "/app/threads-migration.jar"]
# Without arguments the image explains itself: a migration starts only where somebody has asked for it.
CMD ["--help"]
