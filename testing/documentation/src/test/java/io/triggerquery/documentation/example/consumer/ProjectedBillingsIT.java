package io.triggerquery.documentation.example.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.triggerquery.consumer.ResyncSource.Entry;
import io.triggerquery.documentation.example.Database;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ProjectedBillingsIT {

    private final JdbcClient jdbc = JdbcClient.create(Database.dataSource());
    private final ProjectedBillings projected = new ProjectedBillings(jdbc);

    @BeforeEach
    void fill() {
        for (String id : List.of("listed-1", "listed-2")) {
            jdbc.sql("insert into billing (payment_id, version) values (?, 7)")
                    .param(id)
                    .update();
        }
    }

    @AfterEach
    void clear() {
        jdbc.sql("delete from billing where payment_id like 'listed-%'").update();
    }

    @Test
    void listsProjectedIds() {
        assertThat(projected.page(null).entries()).contains(Entry.of("listed-1", 7), Entry.of("listed-2", 7));
        assertThat(projected.page("listed-1").entries())
                .contains(Entry.of("listed-2", 7))
                .doesNotContain(Entry.of("listed-1", 7));
        assertThat(projected.page("zzz").next()).isNull();
        assertThat(projected.entries(List.of("listed-2", "listed-3"))).containsExactly(Entry.of("listed-2", 7));
    }

    @Test
    void providesVersionsForResync() throws Exception {
        assertThat(projected.versions(List.of("listed-1", "listed-3"))).isEqualTo(Map.of("listed-1", 7L));
    }
}
