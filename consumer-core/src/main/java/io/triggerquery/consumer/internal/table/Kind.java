package io.triggerquery.consumer.internal.table;

import io.triggerquery.consumer.internal.database.Database;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/** The types of components, and the types of columns that store them without loss. */
enum Kind {
    TEXT(
            "text, varchar, char, citext, enum",
            "char, varchar, tinytext, text, mediumtext, longtext, enum",
            "character varying, character, character large object, varchar_ignorecase, enum",
            String.class),
    ENUM(TEXT.postgres, TEXT.mySql, TEXT.h2),
    BOOLEAN("boolean", "bit, tinyint, boolean", "boolean", Boolean.class),
    INTEGER("integer, bigint, numeric", "int, integer, bigint, decimal", "integer, bigint, numeric", Integer.class),
    LONG("bigint, numeric", "bigint, decimal", "bigint, numeric", Long.class),
    DOUBLE("double precision", "double", "double precision", Double.class),
    DECIMAL("numeric", "decimal", "numeric, decfloat", BigDecimal.class),
    BIG_INTEGER("numeric", "decimal", "numeric, decfloat", BigInteger.class),
    INSTANT("timestamptz", "datetime", "timestamp with time zone", Instant.class),
    LOCAL_DATE("date", "date", "date", LocalDate.class),
    LOCAL_DATE_TIME("timestamp", "datetime", "timestamp", LocalDateTime.class),
    UUID_VALUE("uuid", "char, varchar, uuid", "uuid", UUID.class),
    JSON(
            "jsonb, json, text, varchar",
            "json, text, mediumtext, longtext, varchar",
            "json, character varying, character large object");

    private static final Set<Kind> IDS = Set.of(TEXT, INTEGER, LONG, UUID_VALUE);

    private final Set<String> postgres;
    private final Set<String> mySql;
    private final Set<String> h2;
    private final List<Class<?>> types;

    Kind(String postgres, String mySql, String h2, Class<?>... types) {
        this(Set.of(postgres.split(", ")), Set.of(mySql.split(", ")), Set.of(h2.split(", ")), types);
    }

    Kind(Set<String> postgres, Set<String> mySql, Set<String> h2, Class<?>... types) {
        this.postgres = postgres;
        this.mySql = mySql;
        this.h2 = h2;
        this.types = List.of(types);
    }

    /** Returns the kind of a type without {@code @Json}, or empty if it is not supported. */
    static Optional<Kind> of(Class<?> declared) {
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(declared);
        return type.isEnum()
                ? Optional.of(ENUM)
                : Arrays.stream(values())
                        .filter(kind -> kind.types.contains(type))
                        .findFirst();
    }

    boolean isId() {
        return IDS.contains(this);
    }

    Set<String> columnTypes(Database database) {
        return switch (database) {
            case POSTGRESQL -> postgres;
            case MYSQL -> mySql;
            case H2 -> h2;
        };
    }

    /** Returns the text of a value, as it is cast in SQL. */
    String text(Object value) {
        return switch (this) {
            case ENUM -> ((Enum<?>) value).name();
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            default -> value.toString();
        };
    }

    /** Returns a value as a parameter of a statement of MySQL and MariaDB. */
    Object parameter(Object value) {
        return switch (this) {
            case ENUM, UUID_VALUE -> text(value);
            case BIG_INTEGER -> new BigDecimal((BigInteger) value);
            case INSTANT -> storedByMySql((Temporal) Database.MYSQL.parameter((Instant) value));
            case LOCAL_DATE, LOCAL_DATE_TIME -> storedByMySql((Temporal) value);
            default -> value;
        };
    }

    /** The drivers make other dates of those that the database does not have, without an error. */
    private static Temporal storedByMySql(Temporal time) {
        int year = time.get(ChronoField.YEAR);
        if (year < 1 || year > 9999) {
            throw new IllegalArgumentException(
                    "MySQL and MariaDB store the years 1 to 9999, which " + time + " is not in");
        }
        return time instanceof LocalDateTime local ? local.truncatedTo(ChronoUnit.MICROS) : time;
    }

    /**
     * Reads a value, which is text in the case of JSON.
     *
     * @param nullable whether null is a value; else it is read as 0 or false, as Jackson and JDBC read it
     */
    @Nullable
    Object read(ResultSet row, int column, Database database, Type type, boolean nullable) throws SQLException {
        Object value = switch (this) {
            case TEXT, ENUM, JSON, UUID_VALUE -> row.getString(column);
            case BOOLEAN -> row.getBoolean(column);
            case INTEGER -> row.getInt(column);
            case LONG -> row.getLong(column);
            case DOUBLE -> row.getDouble(column);
            case DECIMAL, BIG_INTEGER -> row.getBigDecimal(column);
            case INSTANT -> database.time(row, column);
            case LOCAL_DATE -> row.getObject(column, LocalDate.class);
            case LOCAL_DATE_TIME -> row.getObject(column, LocalDateTime.class);
        };
        return value == null || nullable && row.wasNull() ? null : converted(value, type);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Object converted(Object value, Type type) {
        return switch (this) {
            case ENUM -> Enum.valueOf((Class<Enum>) type, ((String) value).strip());
            case UUID_VALUE -> UUID.fromString(((String) value).toLowerCase(Locale.ROOT));
            case BIG_INTEGER -> ((BigDecimal) value).toBigIntegerExact();
            default -> value;
        };
    }
}
