package io.triggerquery.producer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection whose calls a test observes, and can let fail after the database has executed them. */
public final class ObservedConnection {

    private ObservedConnection() {}

    /** Runs after a call. */
    @FunctionalInterface
    public interface AfterCall {

        /**
         * Runs after a successful call.
         *
         * @throws SQLException the failure of the call
         */
        void called(String method) throws SQLException;
    }

    /** Returns a connection that runs something after each of its successful calls. */
    public static Connection of(Connection real, AfterCall after) {
        return (Connection) Proxy.newProxyInstance(
                ObservedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    Object result;
                    try {
                        result = method.invoke(real, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                    after.called(method.getName());
                    return result;
                });
    }
}
