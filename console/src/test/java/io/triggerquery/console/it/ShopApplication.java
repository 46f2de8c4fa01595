package io.triggerquery.console.it;

import io.triggerquery.consumer.FailureKind;
import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.spi.SourceQuery;
import java.util.Optional;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** An application with three listeners and a publisher. Its source fails for ids with certain prefixes. */
@SpringBootConfiguration
@EnableAutoConfiguration
class ShopApplication {

    static final String MARKUP = "<img src=x onerror=\"document.title='broken'\"><b>bold</b>";

    record Bill(String id, long version) {}

    @Bean
    @Source(value = "bills", version = "version")
    SourceQuery<Bill> billQuery() {
        return SourceQuery.one(id -> {
            if (id.startsWith("bad-")) {
                throw new IllegalStateException("no route to the shelf " + MARKUP);
            }
            if (id.startsWith("never-")) {
                throw new IllegalArgumentException("a bill without an amount " + MARKUP);
            }
            return new Bill(id, 1);
        });
    }

    @Bean
    @Source(value = "copies", version = "version")
    SourceQuery<Bill> copyQuery() {
        return SourceQuery.many(ids -> ids.stream().map(id -> new Bill(id, 1)).toList(), Bill::id);
    }

    @Bean
    Copies copies() {
        return new Copies();
    }

    @Bean
    FailureRule neverIsPermanent() {
        return failure ->
                failure instanceof IllegalArgumentException ? Optional.of(FailureKind.PERMANENT) : Optional.empty();
    }

    @TriggerQueryListener(id = "bills", topics = "bills", query = "billQuery")
    void project(Bill bill) {}

    @TriggerQueryListener(id = "old", topics = "old", query = "billQuery")
    void projectOld(Bill bill) {}

    @TriggerQueryListener(id = "copies", topics = "copies", query = "copyQuery")
    void projectCopy(Bill bill) {}
}
