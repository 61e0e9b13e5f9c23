/*
 * Sends and hears RTP for many legs at once: generator <port> <seconds> <settle seconds> <legs file>
 *
 * One socket on <port> stands for all phones. The legs file names the server's port of each leg, one a line; leg 2n and
 * leg 2n+1 hear each other. With 0 in place of a port nothing is sent to that leg. Every leg gets 50 packets a second,
 * each at a moment of its own within the 20 ms; a packet carries when it was sent and to which leg. Prints one JSON line:
 * what was sent and heard after the settling, the delay from sending to hearing, the jitter (RFC 3550 6.4.1), and which
 * share of the time this process worked. System calls carry up to 64 packets, so that it keeps up with what it measures.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>

enum { PACKET = 172, BATCH = 64, MOST_LEGS = 20000, BUCKETS = 200000 };
#define BUCKET_NS 10000ull
#define FRAME_NS 20000000ull
#define MARK 0x52494e47u

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000ull + t.tv_nsec;
}

static double cpu_s(void) {
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static struct sockaddr_in legs[MOST_LEGS];
static uint64_t transit[MOST_LEGS];
static double jitter[MOST_LEGS];
static uint32_t histogram[BUCKETS];
static uint8_t out[BATCH][PACKET], in[BATCH][2048];
static struct mmsghdr outgoing[BATCH], incoming[BATCH];
static struct iovec out_iov[BATCH], in_iov[BATCH];

static double percentile(uint64_t count, double share) {
  uint64_t rank = (uint64_t)(count * share), seen = 0;
  for (int i = 0; i < BUCKETS; i++)
    if ((seen += histogram[i]) > rank) return (i + 0.5) * BUCKET_NS / 1e6;
  return BUCKETS * BUCKET_NS / 1e6;
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  int count = 0, talking = 0, port, s = socket(AF_INET, SOCK_DGRAM, 0), buffer = 32 << 20;
  FILE *file = fopen(argv[4], "r");
  if (!file) return 2;
  while (count < MOST_LEGS && fscanf(file, "%d", &port) == 1) {
    legs[count].sin_family = AF_INET;
    legs[count].sin_port = htons(port);
    legs[count].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    talking += port != 0;
    count++;
  }
  setsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
  setsockopt(s, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  if (bind(s, (struct sockaddr *)&own, sizeof own)) return perror("bind"), 1;
  for (int i = 0; i < BATCH; i++) {
    memset(out[i], 0xd5, PACKET);
    out_iov[i] = (struct iovec){out[i], PACKET};
    in_iov[i] = (struct iovec){in[i], sizeof in[i]};
    outgoing[i].msg_hdr = (struct msghdr){.msg_iov = &out_iov[i], .msg_iovlen = 1, .msg_namelen = sizeof legs[0]};
    incoming[i].msg_hdr = (struct msghdr){.msg_iov = &in_iov[i], .msg_iovlen = 1};
  }
  uint64_t start = now_ns(), settled = start + (uint64_t)(atof(argv[3]) * 1e9);
  uint64_t end = settled + (uint64_t)(atof(argv[2]) * 1e9), due = 0, sent = 0, heard = 0, delays = 0, audio = 0;
  double busy_from = -1;
  int announced = 0;
  for (;;) {
    uint64_t now = now_ns();
    if (!announced && now >= settled) announced = 1, busy_from = cpu_s(), puts("{\"msg\":\"measuring\"}"), fflush(stdout);
    if (now >= end + 300000000ull) break;
    uint64_t until = now < end ? (uint64_t)((double)(now - start) / FRAME_NS * count) : due;
    int n = 0;
    while (due < until) {
      int leg = due % count;
      uint64_t frame = due++ / count;
      if (!legs[leg].sin_port) continue;
      uint8_t *p = out[n];
      uint16_t sequence = htons(frame & 0xffff);
      uint32_t words[2] = {htonl((uint32_t)(frame * 160)), htonl(leg + 1)}, mark = MARK;
      p[0] = 0x80, p[1] = 8;
      memcpy(p + 2, &sequence, 2), memcpy(p + 4, words, 8);
      memcpy(p + 12, &mark, 4), memcpy(p + 16, &leg, 4), memcpy(p + 20, &now, 8);
      outgoing[n].msg_hdr.msg_name = &legs[leg];
      if (now >= settled) sent++;
      if (++n == BATCH) {
        for (int done = 0; done < n;) { int k = sendmmsg(s, outgoing + done, n - done, 0); if (k > 0) done += k; else if (errno != ECONNREFUSED) break; }
        n = 0;
      }
    }
    for (int done = 0; done < n;) { int k = sendmmsg(s, outgoing + done, n - done, 0); if (k > 0) done += k; else if (errno != ECONNREFUSED) break; }
    int got = recvmmsg(s, incoming, BATCH, MSG_DONTWAIT, NULL);
    now = now_ns();
    for (int i = 0; i < got; i++) {
      uint8_t *p = in[i];
      uint32_t mark = 0, leg;
      uint64_t at;
      if (incoming[i].msg_len >= 172 && now >= settled && now < end) audio++;
      if (incoming[i].msg_len >= 28) memcpy(&mark, p + 12, 4);
      if (mark != MARK) continue;
      memcpy(&leg, p + 16, 4), memcpy(&at, p + 20, 8);
      if (leg >= (uint32_t)count || at < settled) continue;
      heard++, delays++;
      uint64_t took = now - at, slot = took / BUCKET_NS;
      histogram[slot < BUCKETS ? slot : BUCKETS - 1]++;
      if (transit[leg]) jitter[leg] += ((double)llabs((int64_t)(took - transit[leg])) - jitter[leg]) / 16;
      transit[leg] = took;
    }
    if (got < BATCH && n == 0) { struct pollfd f = {s, POLLIN, 0}; poll(&f, 1, 1); }
  }
  double jitters = 0, seconds = (end - settled) / 1e9, busy = (cpu_s() - busy_from) / (seconds + 0.3);
  for (int i = 0; i < count; i++) jitters += jitter[i];
  printf("{\"msg\":\"measured\",\"sent\":%lu,\"heard\":%lu,\"audio\":%lu,\"wanted\":%.0f,\"p50\":%.2f,\"p99\":%.2f,\"jitterMs\":%.3f,\"busy\":%.3f}\n",
         (unsigned long)sent, (unsigned long)heard, (unsigned long)audio, talking * seconds * 50, percentile(delays, 0.5),
         percentile(delays, 0.99), jitters / (count ? count : 1) / 1e6, busy);
  return 0;
}
