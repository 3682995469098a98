// Handlers, and what they look at. All of it is in lists that only ever grow: a handler may neither lock
// nor allocate, and what it reads must not go away under it.
#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

struct refrain_vanishing {
  /// NULL when forgotten. Never freed, for a handler on another thread may be reading it.
  _Atomic(const char *) path;
  bool is_folder;
  struct refrain_vanishing *next;
};

static _Atomic(struct refrain_vanishing *) vanishing;
static atomic_int held;
static atomic_int waiting;

refrain_vanishing *refrain_vanishing_add(const char *path, bool is_folder) {
  struct refrain_vanishing *name = calloc(1, sizeof *name);
  const char *copy = name == NULL ? NULL : strdup(path);
  if (copy == NULL) {
    free(name);
    return NULL;
  }
  name->is_folder = is_folder;
  atomic_init(&name->path, copy);
  name->next = atomic_load(&vanishing);
  while (!atomic_compare_exchange_weak(&vanishing, &name->next, name)) {
  }
  return name;
}

void refrain_vanishing_remove(refrain_vanishing *name) {
  if (name != NULL) atomic_store(&name->path, NULL);
}

static void end_by(int number) {
  for (struct refrain_vanishing *name = atomic_load(&vanishing); name != NULL; name = name->next) {
    const char *path = atomic_load(&name->path);
    if (path == NULL) continue;
    if (name->is_folder) {
      rmdir(path);
    } else {
      unlink(path);
    }
  }
  signal(number, SIG_DFL);
  raise(number);
}

static void on_end(int number) {
  int saved = errno;
  if (atomic_load(&held) > 0) {
    atomic_store(&waiting, number);
  } else {
    end_by(number);
  }
  errno = saved;
}

void refrain_signals_hold(void) { atomic_fetch_add(&held, 1); }

void refrain_signals_release(void) {
  if (atomic_fetch_sub(&held, 1) != 1) return;
  int number = atomic_exchange(&waiting, 0);
  if (number != 0) end_by(number);
}

static void on_too_large(int number) { (void)number; }

struct refrain_guard {
  /// 0 when free, which the next mapping makes use of.
  atomic_uintptr_t base;
  atomic_uintptr_t end;
  atomic_bool faulted;
  struct refrain_guard *next;
  struct refrain_guard *next_free;
};

static _Atomic(struct refrain_guard *) guards;
static pthread_mutex_t free_guards_lock = PTHREAD_MUTEX_INITIALIZER;
static struct refrain_guard *free_guards;
static atomic_bool guard_is_on;
static uintptr_t page_size = 4096;
static struct sigaction bus_before;

bool refrain_guard_is_on(void) { return atomic_load(&guard_is_on); }

refrain_guard *refrain_guard_add(const void *base, size_t size) {
  if (!refrain_guard_is_on()) return NULL;
  pthread_mutex_lock(&free_guards_lock);
  struct refrain_guard *guard = free_guards;
  if (guard != NULL) free_guards = guard->next_free;
  pthread_mutex_unlock(&free_guards_lock);
  bool is_new = guard == NULL;
  if (is_new) guard = calloc(1, sizeof *guard);
  if (guard == NULL) return NULL;
  atomic_store(&guard->faulted, false);
  atomic_store(&guard->end, (uintptr_t)base + size);
  atomic_store(&guard->base, (uintptr_t)base);
  if (is_new) {
    guard->next = atomic_load(&guards);
    while (!atomic_compare_exchange_weak(&guards, &guard->next, guard)) {
    }
  }
  return guard;
}

void refrain_guard_remove(refrain_guard *guard) {
  if (guard == NULL) return;
  atomic_store(&guard->base, 0);
  pthread_mutex_lock(&free_guards_lock);
  guard->next_free = free_guards;
  free_guards = guard;
  pthread_mutex_unlock(&free_guards_lock);
}

bool refrain_guard_has_faulted(const refrain_guard *guard) {
  return guard != NULL && atomic_load(&guard->faulted);
}

/// Maps zeros over the rest of the mapping that the fault lies in: all of it is behind the end. Any other
/// fault happens again without this handler.
static void on_bus(int number, siginfo_t *info, void *context) {
  (void)number;
  (void)context;
  int saved = errno;
  uintptr_t at = (uintptr_t)info->si_addr;
  for (struct refrain_guard *guard = atomic_load(&guards); guard != NULL; guard = guard->next) {
    uintptr_t base = atomic_load(&guard->base);
    uintptr_t end = (atomic_load(&guard->end) + page_size - 1) & ~(page_size - 1);
    if (base == 0 || at < base || at >= end) continue;
    uintptr_t page = at & ~(page_size - 1);
    void *zeros = mmap((void *)page, end - page, PROT_READ,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0);
    if (zeros == MAP_FAILED) break;
    atomic_store(&guard->faulted, true);
    errno = saved;
    return;
  }
  sigaction(SIGBUS, &bus_before, NULL);
  errno = saved;
}

void refrain_process_fill_standard_streams(void) {
  for (int stream = 0; stream <= 2; stream++) {
    if (fcntl(stream, F_GETFD) != -1 || errno != EBADF) continue;
    // The lowest free number is this one. Opened the wrong way round, so that using it is an error.
    int filled = open("/dev/null", stream == 0 ? O_WRONLY : O_RDONLY);
    if (filled < 0) filled = open("/", O_PATH);
    if (filled != stream && filled >= 0) close(filled);
  }
}

int refrain_process_spare_descriptors(int wanted) {
  int opened[64];
  int count = 0;
  while (count < wanted && count < 64) {
    int copy = fcntl(0, F_DUPFD_CLOEXEC, 3);
    if (copy < 0) break;
    opened[count++] = copy;
  }
  for (int i = 0; i < count; i++) close(opened[i]);
  return count;
}

void refrain_process_install_handlers(void) {
  static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE, SIGXCPU};
  struct sigaction action;
  struct sigaction before;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  action.sa_handler = on_end;
  for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
    if (sigaction(ending[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
      sigaction(ending[i], &action, NULL);
    }
  }
  action.sa_handler = on_too_large;
  if (sigaction(SIGXFSZ, NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
    sigaction(SIGXFSZ, &action, NULL);
  }
  long page = sysconf(_SC_PAGESIZE);
  if (page > 0) page_size = (uintptr_t)page;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK;
  action.sa_sigaction = on_bus;
  if (sigaction(SIGBUS, &action, &bus_before) == 0) atomic_store(&guard_is_on, true);
}

static void *run_body(void *body) {
  (*(void (**)(void))body)();
  return NULL;
}

int refrain_process_with_stack(size_t bytes, void (*body)(void)) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur >= bytes) {
    body();
    return 0;
  }
  pthread_attr_t attributes;
  pthread_t thread;
  int status = pthread_attr_init(&attributes);
  if (status != 0) return status;
  status = pthread_attr_setstacksize(&attributes, bytes);
  // For the threads that others start, which take what the process has by default.
  if (status == 0) status = pthread_setattr_default_np(&attributes);
  if (status == 0) status = pthread_create(&thread, &attributes, run_body, &body);
  pthread_attr_destroy(&attributes);
  if (status == 0) pthread_join(thread, NULL);
  return status;
}
