package io.triggerquery.demo.payment;

import java.util.List;

/** One page of a search, and how many payments match in all. Its public methods are read by the template. */
record PaymentPage(List<PaymentRow> content, int page, int size, long total) {

    public long pages() {
        return Math.max(1, (total + size - 1) / size);
    }

    public boolean hasNext() {
        return page + 1L < pages();
    }
}
