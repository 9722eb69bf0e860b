// Stage 5: which images have sites, and a dense index for every site.
#define _GNU_SOURCE
#include "lock.h"
#include "ray_abi.h"

#include <dlfcn.h>
#include <link.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

const uint32_t rayc_abi_1 = RAYC_ABI_VERSION;

typedef struct image {
  const ray_site *begin, *end;
  size_t first_index;
  struct image *next;
} image;

// The first image lies in a variable of its own: nearly every program has just
// one, and its lookup must not follow a pointer. Images are never removed, since
// a context may keep a Site after dlclose.
static image first_image;
static _Atomic(image *) last_image;
static pthread_mutex_t images_lock = PTHREAD_MUTEX_INITIALIZER;

// A site is used longer than the program may keep its library: contexts hold on to it until
// they finish. So the library stays where it is.
static void keep_loaded(const void *inside) {
  Dl_info info;
  struct link_map *image;
  if (!dladdr1(inside, &info, (void **)&image, RTLD_DL_LINKMAP) || !*image->l_name) return;
  void *handle = dlopen(image->l_name, RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE);
  if (handle)
    dlclose(handle);
  else
    dlerror();  // It is not the program's.
}

void rayc_image_loaded(const ray_site *begin, const ray_site *end) {
  if (begin == end) return;
  keep_loaded(begin);
  ray_lock(&images_lock);
  image *last = atomic_load(&last_image);
  image *added = last ? malloc(sizeof(image)) : &first_image;
  if (added) {
    *added =
        (image){begin, end, last ? last->first_index + (size_t)(last->end - last->begin) : 0, NULL};
    if (last) __atomic_store_n(&last->next, added, __ATOMIC_RELEASE);
    atomic_store(&last_image, added);
  }
  ray_unlock(&images_lock);
}

size_t rayc_site_index(const ray_site *site) {
  if (site >= first_image.begin && site < first_image.end)
    return (size_t)(site - first_image.begin);
  for (image *each = first_image.next; each; each = __atomic_load_n(&each->next, __ATOMIC_ACQUIRE))
    if (site >= each->begin && site < each->end)
      return each->first_index + (size_t)(site - each->begin);
  return SIZE_MAX;
}

const ray_place *rayc_site_place(const ray_site *site) {
  return (const ray_place *)(const void *)ray_string(&site->place_offset);
}

const ray_place *rayc_site_frames(const ray_site *site) { return rayc_site_place(site); }

void rayc_site_disable(const ray_site *site) {
  if (!rayc_context_disables_sites) return;
  __atomic_store_n(&((ray_site *)(uintptr_t)site)->disabled, 1, __ATOMIC_RELAXED);
}

size_t rayc_site_count(void) {
  image *last = atomic_load(&last_image);
  return last ? last->first_index + (size_t)(last->end - last->begin) : 0;
}

const ray_site *rayc_site_at(size_t index) {
  for (image *each = &first_image; each; each = __atomic_load_n(&each->next, __ATOMIC_ACQUIRE))
    if (index - each->first_index < (size_t)(each->end - each->begin))
      return each->begin + (index - each->first_index);
  return NULL;
}
