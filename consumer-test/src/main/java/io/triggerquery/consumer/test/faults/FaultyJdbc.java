package io.triggerquery.consumer.test.faults;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * A connection or a statement whose calls can fail with {@link Faults}.
 *
 * @param real the driver's object
 * @param faults the planned faults
 */
record FaultyJdbc(Object real, Faults faults) implements InvocationHandler {

    private static final String CONNECTION_FAILURE = "08006";

    static Connection connection(Connection real, Faults faults) {
        return proxy(Connection.class, real, faults);
    }

    private static <T> T proxy(Class<T> type, T real, Faults faults) {
        return type.cast(Proxy.newProxyInstance(
                FaultyJdbc.class.getClassLoader(), new Class<?>[] {type}, new FaultyJdbc(real, faults)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getName().equals("equals")) {
            return arguments != null && proxy == arguments[0];
        }
        return isCall(method)
                ? faults.around(() -> invokeReal(method, arguments), this::undo, FaultyJdbc::failure)
                : wrapped(invokeReal(method, arguments));
    }

    private boolean isCall(Method method) {
        return real instanceof Connection
                ? method.getName().equals("commit")
                : method.getName().startsWith("execute");
    }

    /** Rolls back a commit that is meant to have no effect, as when its connection breaks. */
    private void undo() throws Exception {
        if (real instanceof Connection connection) {
            connection.rollback();
        }
    }

    private static Exception failure() {
        return new SQLTransientConnectionException(Faults.message(), CONNECTION_FAILURE);
    }

    private @Nullable Object wrapped(@Nullable Object result) {
        if (result instanceof CallableStatement statement) {
            return proxy(CallableStatement.class, statement, faults);
        }
        if (result instanceof PreparedStatement statement) {
            return proxy(PreparedStatement.class, statement, faults);
        }
        return result instanceof Statement statement ? proxy(Statement.class, statement, faults) : result;
    }

    private @Nullable Object invokeReal(Method method, @Nullable Object @Nullable [] arguments) throws Exception {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw thrown;
        }
    }
}
