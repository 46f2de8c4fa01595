package io.triggerquery.producer.internal.declarative;

import io.triggerquery.producer.PublishTrigger;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AliasFor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** A service with annotated methods over a table of payments. */
class Payments {

    record Payment(String id, long version) {}

    @PublishTrigger(destination = "", id = "#p0")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Changes {
        @AliasFor(annotation = PublishTrigger.class, attribute = "destination")
        String value();
    }

    private final JdbcClient jdbc;

    Payments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    @PublishTrigger(destination = "changed", id = "#payment.id", version = "#result.version")
    public Payment save(Payment payment) {
        jdbc.sql("insert into payment values (?)").param(payment.id()).update();
        return new Payment(payment.id(), payment.version() + 1);
    }

    @Transactional
    @PublishTrigger(destination = "changed", id = "#result")
    public String fail(String id) {
        jdbc.sql("insert into payment values (?)").param(id).update();
        throw new UnsupportedOperationException("refused by the business code");
    }

    @Transactional
    @PublishTrigger(destination = "changed", id = "#p0")
    public void undo(String id) {
        jdbc.sql("insert into payment values (?)").param(id).update();
        TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
    }

    @Transactional
    @PublishTrigger(destination = "changed", id = "#payment.id.substring(5)")
    public void saveAndPublishBadly(Payment payment) {
        jdbc.sql("insert into payment values (?)").param(payment.id()).update();
    }

    @Transactional
    @PublishTrigger(destination = "changed", id = "#a0", version = "#version")
    public void versioned(String id, @Nullable Object version) {
        jdbc.sql("insert into payment values (?)").param(id).update();
    }

    @PublishTrigger(destination = "changed", id = "#ids")
    @PublishTrigger(destination = "other", id = "#ids.![#this + '-too']")
    void several(List<String> ids) {}

    @PublishTrigger(destination = "changed", id = "#result")
    public Stream<String> stream() {
        return Stream.of("a");
    }

    @Changes("other")
    public void composed(String id) {}

    public void plain(String id) {}
}
