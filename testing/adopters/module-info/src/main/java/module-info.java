module com.example.payments {
    requires feign.core;
    requires io.triggerquery.consumer;
    requires java.sql;
    requires spring.boot;
    requires spring.boot.autoconfigure;
    requires spring.context;
    requires spring.jdbc;

    // Spring creates its beans, Feign implements its interface, and Jackson reads its record
    opens com.example.payments;
}
