package io.triggerquery.demo.payment;

import java.util.List;

/** One page of a search, and how many payments match in all. */
record PaymentPage(List<PaymentRow> content, int page, int size, long total) {

    long pages() {
        return Math.max(1, (total + size - 1) / size);
    }

    boolean hasNext() {
        return page + 1L < pages();
    }
}
