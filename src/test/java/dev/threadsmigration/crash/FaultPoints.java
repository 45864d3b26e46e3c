package dev.threadsmigration.crash;

import dev.threadsmigration.crash.Fault.Point;
import dev.threadsmigration.database.DryRunDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Watches a migration through its data sources and its job repository, and stands still at the fault's point: the thread
 * that comes to it at once, all others with their next word to a database.
 */
final class FaultPoints implements BeanPostProcessor {

    /** One for each migration of this process that stands still. */
    private static final Semaphore STANDING = new Semaphore(0);

    private final Fault fault;
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicBoolean stepBegan = new AtomicBoolean();
    private final AtomicBoolean stands = new AtomicBoolean();

    private static final Set<String> DATA_SOURCES = Set.of("legacy", "target");

    FaultPoints(Fault fault) {
        this.fault = fault;
    }

    /** Waits until one more migration of this process stands still. */
    static void awaitOneMore() throws InterruptedException {
        STANDING.acquire();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof JobRepository repository) {
            return proxy(JobRepository.class, (proxy, method, arguments) -> around(repository, method, arguments));
        }
        if (bean instanceof DataSource pool && DATA_SOURCES.contains(beanName) && !(bean instanceof DryRunDataSource)) {
            return new DelegatingDataSource(pool) {
                @Override
                public Connection getConnection() throws SQLException {
                    standStillWithTheOthers();
                    Connection real = super.getConnection();
                    return beanName.equals("legacy") ? legacyConnection(real) : targetConnection(real);
                }
            };
        }
        return bean;
    }

    private @Nullable Object around(JobRepository repository, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (arguments != null && arguments[0] instanceof StepExecution step && isOf(fault.name(), step)) {
            stepBegan.set(true);
        }
        Object result = invoke(repository, method, arguments);
        if (method.getName().equals("createJobInstance")) {
            reach(Point.INSTANCE_CREATED);
        }
        if (method.getName().equals("update")
                && arguments != null
                && arguments[0] instanceof StepExecution step
                && step.getStepName().equals(fault.name())
                && step.getStatus() == BatchStatus.COMPLETED) {
            reach(Point.STEP_ENDED);
        }
        return result;
    }

    private static boolean isOf(String name, StepExecution step) {
        return !name.isEmpty() && step.getStepName().startsWith(name);
    }

    /** A page is known by its ordered, limited SELECT, and is read when its connection is given back. */
    private Connection legacyConnection(Connection real) {
        boolean[] page = new boolean[1];
        return proxy(Connection.class, (proxy, method, arguments) -> {
            standStillWithTheOthers();
            if (method.getName().equals("prepareStatement") && arguments != null) {
                page[0] = String.valueOf(arguments[0]).matches("(?s).* ORDER BY .* LIMIT \\d+");
            }
            if (method.getName().equals("close") && page[0]) {
                reach(Point.AFTER_READ);
                if (stepBegan.get()) {
                    reach(Point.STEP_READS);
                }
            }
            Object result = invoke(real, method, arguments);
            if (method.getName().equals("commit")) {
                reach(Point.LEGACY_COMMITTED);
                if (stepBegan.get()) {
                    reach(Point.STEP_COMMITTED_IN_LEGACY);
                }
            }
            return result;
        });
    }

    /** A chunk's transaction is known by its COPY, for which the driver's own connection is asked for. */
    private Connection targetConnection(Connection real) {
        boolean[] chunk = new boolean[1];
        return proxy(Connection.class, (proxy, method, arguments) -> {
            standStillWithTheOthers();
            if (method.getName().equals("unwrap") && arguments != null && arguments[0] == PGConnection.class) {
                chunk[0] = true;
            }
            boolean commits = chunk[0] && method.getName().equals("commit");
            if (commits) {
                reach(Point.BEFORE_COMMIT);
                Thread.sleep(fault.slowCommitMs());
                if (reached(Point.COMMIT_FAILS)) {
                    real.rollback();
                    throw lost();
                }
                if (reached(Point.COMMIT_UNANSWERED)) {
                    real.commit();
                    throw lost();
                }
            }
            boolean ofStep = stepBegan.get() && method.getName().equals("commit");
            if (ofStep) {
                reach(Point.STEP_COMMITS);
            }
            Object result = invoke(real, method, arguments);
            if (ofStep) {
                reach(Point.STEP_COMMITTED);
            }
            if (method.getName().equals("commit")) {
                reach(Point.AFTER_ANY_COMMIT);
            }
            if (commits) {
                chunk[0] = false;
                System.out.println(Fault.CHUNK_COMMITTED);
                reach(Point.AFTER_COMMIT);
            }
            return result;
        });
    }

    private void reach(Point point) throws InterruptedException {
        if (reached(point)) {
            stands.set(true);
            STANDING.release();
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private void standStillWithTheOthers() {
        while (stands.get()) {
            LockSupport.park();
        }
    }

    private boolean reached(Point point) {
        boolean reached = point == fault.point() && passed.incrementAndGet() == fault.count();
        if (reached) {
            System.out.println(Fault.REACHED);
        }
        return reached;
    }

    private static SQLException lost() {
        return new SQLException("the connection was lost at the commit", "08006");
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(FaultPoints.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object invoke(Object real, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
