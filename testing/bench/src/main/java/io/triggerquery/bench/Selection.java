package io.triggerquery.bench;

import io.triggerquery.bench.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The selected workloads and peers, both in the order in which they are listed.
 *
 * @param workloads at least one
 * @param peers at least one
 */
record Selection(List<Workload> workloads, List<String> peers) {

    /** All workloads and peers that can be selected. */
    record Offer(List<Workload> workloads, List<String> peers) {}

    /**
     * Selects the named workloads and peers; if none is named, the default ones.
     *
     * @param words names in any order and in any case; {@code W9} selects all sizes that run by default
     * @throws IllegalArgumentException if a word names nothing; the message lists all names
     */
    static Selection of(List<String> words, Offer offer, Defaults defaults) {
        List<Workload> workloads = new ArrayList<>();
        List<String> peers = new ArrayList<>();
        for (String word : words) {
            List<Workload> meant = workloads(word, offer, defaults);
            workloads.addAll(meant);
            if (meant.isEmpty()) {
                peers.add(peer(word, offer));
            }
        }
        return new Selection(
                offer.workloads().stream()
                        .filter(each -> workloads.isEmpty()
                                ? defaults.workloads().contains(each.name())
                                : workloads.contains(each))
                        .toList(),
                offer.peers().stream()
                        .filter(peers.isEmpty() ? defaults.peers()::contains : peers::contains)
                        .toList());
    }

    private static List<Workload> workloads(String word, Offer offer, Defaults defaults) {
        List<Workload> named = offer.workloads().stream()
                .filter(workload -> workload.name().equalsIgnoreCase(word))
                .toList();
        return !named.isEmpty()
                ? named
                : offer.workloads().stream()
                        .filter(workload -> workload.name().regionMatches(true, 0, word + "-", 0, word.length() + 1))
                        .filter(workload -> defaults.inGroups().contains(workload.name()))
                        .toList();
    }

    private static String peer(String word, Offer offer) {
        return offer.peers().stream()
                .filter(peer -> peer.equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no workload and no peer '" + word
                        + "'.\nWorkloads: "
                        + offer.workloads().stream().map(Workload::name).collect(Collectors.joining(", "))
                        + "\nPeers: " + String.join(", ", offer.peers())));
    }
}
