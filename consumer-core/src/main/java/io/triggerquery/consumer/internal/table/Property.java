package io.triggerquery.consumer.internal.table;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A component of a record, and its column.
 *
 * @param name the name of the component
 * @param column the name of the column, in any case
 * @param kind how it is stored
 * @param type its type, with type arguments
 * @param nullable whether it may be null: it is no primitive
 * @param reader takes the record and returns the value, both as Object
 */
record Property(String name, String column, Kind kind, Type type, boolean nullable, MethodHandle reader) {

    @Nullable
    Object of(Object state) {
        try {
            return reader.invokeExact(state);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new IllegalStateException("The component " + name + " cannot be read", thrown);
        }
    }
}
