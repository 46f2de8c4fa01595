package io.triggerquery.producer.matrix;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.PostPersist;
import jakarta.persistence.Transient;

/** An entity that runs a callback when it is flushed. */
@Entity(name = "thing")
class Thing {

    @Id
    private String id;

    @Transient
    private Runnable flushed = () -> {};

    Thing() {}

    Thing(String id, Runnable flushed) {
        this.id = id;
        this.flushed = flushed;
    }

    @PostPersist
    void flushed() {
        flushed.run();
    }
}
