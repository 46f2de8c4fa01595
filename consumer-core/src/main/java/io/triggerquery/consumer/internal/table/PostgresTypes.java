package io.triggerquery.consumer.internal.table;

import java.util.Set;

/** Types of PostgreSQL that no component is stored in. */
final class PostgresTypes {

    static final Set<String> BUILT_IN = Set.of(
            "int2",
            "smallserial",
            "float4",
            "money",
            "bytea",
            "time",
            "timetz",
            "interval",
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "bit",
            "varbit",
            "xml",
            "point",
            "line",
            "lseg",
            "box",
            "path",
            "polygon",
            "circle",
            "tsvector",
            "tsquery",
            "hstore",
            "oid",
            "int4range",
            "int8range",
            "numrange",
            "tsrange",
            "tstzrange",
            "daterange");

    private PostgresTypes() {}
}
