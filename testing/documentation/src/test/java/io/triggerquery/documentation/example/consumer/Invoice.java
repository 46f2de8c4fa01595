package io.triggerquery.documentation.example.consumer;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;

/** An entity of a source: its version is JPA's. */
@Entity
class Invoice {

    @Id
    private String id;

    private String name;

    @Version
    private long version;

    protected Invoice() {}

    Invoice(String id) {
        this.id = id;
    }

    void rename(String name) {
        this.name = name;
    }

    long version() {
        return version;
    }

    String name() {
        return name;
    }
}
