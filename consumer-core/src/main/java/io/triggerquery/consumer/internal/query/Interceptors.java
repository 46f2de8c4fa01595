package io.triggerquery.consumer.internal.query;

import feign.RequestInterceptor;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * The application's interceptors, which add to each request, for example credentials.
 *
 * @param beans the interceptors, in their order
 */
public record Interceptors(List<InterceptorBean> beans) {

    /**
     * An interceptor.
     *
     * @param bean the name of the bean
     * @param source the name of the source that it is for, or null for all sources
     */
    public record InterceptorBean(String bean, @Nullable String source, RequestInterceptor interceptor) {}

    /** Returns interceptors for all sources. */
    static Interceptors forAll(List<RequestInterceptor> interceptors) {
        return new Interceptors(interceptors.stream()
                .map(interceptor -> new InterceptorBean("interceptor", null, interceptor))
                .toList());
    }

    /** Returns the interceptors of a source. */
    List<RequestInterceptor> of(String sourceName) {
        return beans.stream()
                .filter(bean -> bean.source() == null || bean.source().equals(sourceName))
                .map(InterceptorBean::interceptor)
                .toList();
    }

    /** Checks that each interceptor is for a source that is used. */
    void check(Set<String> used) {
        for (InterceptorBean bean : beans) {
            if (bean.source() != null && !used.isEmpty() && !used.contains(bean.source())) {
                throw new FailureAnalyzedException(
                        "The bean '" + bean.bean() + "' of type feign.RequestInterceptor has the qualifier '"
                                + bean.source() + "', but no trigger listener uses a source of that name, so it would"
                                + " have no effect.",
                        "Name one of the sources in use: " + String.join(", ", new TreeSet<>(used))
                                + ". Remove the qualifier if the interceptor is for all sources. If it is for none,"
                                + " declare the bean with autowireCandidate = false.");
            }
        }
    }
}
