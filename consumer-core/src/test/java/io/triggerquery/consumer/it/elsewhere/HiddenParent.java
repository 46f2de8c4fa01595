package io.triggerquery.consumer.it.elsewhere;

import feign.Param;
import feign.RequestLine;
import io.triggerquery.consumer.Source;
import io.triggerquery.consumer.TriggerQueryListener;
import org.springframework.transaction.annotation.Transactional;

/** Has a listener that a class of another package cannot override. */
@Transactional
public class HiddenParent {

    /** The source. */
    @Source("things")
    public interface Things {

        @RequestLine("GET /api/things/{id}")
        String byId(@Param("id") String id);
    }

    @TriggerQueryListener(topics = "things", source = Things.class)
    void project(String thing) {}
}
